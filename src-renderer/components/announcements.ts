/** What the live region reads out: phase changes and ends of a contact. */
import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import { messages } from '../messages'
import { shortName } from '../place-name'
import { useClock } from '../stores/clock'

export function useAnnouncements(): Ref<string> {
  const clock = useClock()
  const text = ref('')
  watch(
    () =>
      clock.contact && `${clock.contact.contactId} ${clock.contact.phase} ${clock.contact.outcome}`,
    () => {
      const { contact } = clock
      if (contact)
        text.value = messages.announce(
          shortName(contact.stationName, contact.station),
          contact.phase,
          contact.outcome,
        )
    },
  )
  return text
}
