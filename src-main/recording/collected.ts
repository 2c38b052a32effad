/** What a recording holds, gathered record by record while it is read. */
import type { McapTypes } from '@mcap/core'
import { formatUtc } from '../domain/model/time'
import type { RecordingSummary } from '../domain/model/recording'
import { topics, type TopicName } from './schemas'

const names = new Map<string, TopicName>(
  (Object.keys(topics) as TopicName[]).map((name) => [topics[name].topic, name]),
)
/** Last instant that a date can show. */
const LAST_DATE_MS = 8.64e15

interface ChannelCount {
  topic: string
  messages: number
  encoding: string
}

export class Collected {
  private readonly channels = new Map<number, ChannelCount>()
  private start_ns: bigint | undefined
  private end_ns: bigint | undefined

  /** @param onMessage is given the messages of this program's topics. */
  constructor(private readonly onMessage: (name: TopicName, message: McapTypes.Message) => void) {}

  /** Takes one record of the stream; repeated channel records of the summary count once. */
  record(record: McapTypes.TypedMcapRecord): void {
    if (record.type === 'Channel' && !this.channels.has(record.id))
      this.channels.set(record.id, {
        topic: record.topic,
        messages: 0,
        encoding: record.messageEncoding,
      })
    if (record.type === 'Message') this.message(record)
  }

  /** Topics in the file. */
  get topics(): string[] {
    return [...this.channels.values()].map(({ topic }) => topic)
  }

  /** Counts and times of what was read. */
  summary(path: string, complete: boolean): RecordingSummary {
    const channels = [...this.channels.values()]
    return {
      path,
      channels,
      messages: channels.reduce((sum, { messages }) => sum + messages, 0),
      from_utc: utcOf(this.start_ns),
      to_utc: utcOf(this.end_ns),
      complete,
    }
  }

  private message(message: McapTypes.Message): void {
    const channel = this.channels.get(message.channelId)
    if (!channel) return
    channel.messages++
    const { logTime } = message
    if (this.start_ns === undefined || logTime < this.start_ns) this.start_ns = logTime
    if (this.end_ns === undefined || logTime > this.end_ns) this.end_ns = logTime
    const name = names.get(channel.topic)
    if (name) this.onMessage(name, message)
  }
}

const utcOf = (time_ns: bigint | undefined): string =>
  time_ns === undefined ? '' : formatUtc(Math.min(Number(time_ns / 1_000_000n), LAST_DATE_MS))
