/** One globe for the whole window: it moves between panels instead of being made anew. */
import {
  Cartesian2,
  Cartesian3,
  JulianDate,
  PerspectiveFrustum,
  SceneTransforms,
  type CesiumWidget,
} from 'cesium'
import { drawLimb } from './limb'
import { paintNight, type Eye } from './night'
import { drawScene } from './overlay'
import type { GlobeScene } from './scene'
import { EARTH_RADIUS_M, placeOnSphere, plus, scaled, unit, type Vector } from './vectors'
import { lookAtPlace, makeWidget, sunDirection } from './widget'

const NIGHT_CELL_PX = 3
/** Real light moves on after this much mission time. */
const LIGHT_STEP_MS = 60_000
const CAMERA_DISTANCE_M = EARTH_RADIUS_M + 8_200_000

export class Globe {
  readonly element = document.createElement('div')
  private readonly overlay = document.createElement('canvas')
  private readonly shade = document.createElement('canvas')
  private readonly widget: CesiumWidget
  private readonly cheap: boolean
  private scene: GlobeScene | null = null
  private lit_ms = NaN
  private pending = 0
  private onReady: (() => void) | null = null

  constructor(cheap: boolean) {
    this.cheap = cheap
    this.element.className = 'globe-host'
    const canvasHost = document.createElement('div')
    canvasHost.className = 'globe-canvas'
    this.overlay.className = 'globe-overlay'
    this.element.append(canvasHost, this.overlay)
    this.widget = makeWidget(canvasHost, document.createElement('div'), cheap)
    this.widget.scene.postRender.addEventListener(() => {
      this.draw()
      this.tellReady()
    })
  }

  /** Moves into a panel; `ready` is told once pictures are loaded and a frame is drawn. */
  attach(panel: HTMLElement, ready: () => void): void {
    panel.prepend(this.element)
    this.onReady = ready
    this.widget.useDefaultRenderLoop = true
    this.resized()
  }

  /** Rests while no panel shows it. */
  detach(): void {
    this.onReady = null
    this.widget.useDefaultRenderLoop = false
    this.element.remove()
  }

  /** To be called when the panel's size has changed. */
  resized(): void {
    if (!this.element.clientWidth) return
    this.widget.resize()
    this.widget.scene.requestRender()
    this.later()
  }

  /** Shows a scene; lines move without a new 3D frame, real light once a minute of mission time. */
  show(scene: GlobeScene): void {
    this.scene = scene
    if (!this.cheap && !(Math.abs(scene.now_ms - this.lit_ms) < LIGHT_STEP_MS)) {
      this.lit_ms = scene.now_ms
      this.widget.clock.currentTime = JulianDate.fromDate(new Date(scene.now_ms))
      this.widget.scene.requestRender()
    }
    this.later()
  }

  /** Looks at the contact's region: mostly its station, a little towards the others. */
  home(scene: GlobeScene): void {
    let sum: Vector = [0, 0, 0]
    for (const { lat_deg, lon_deg, active } of scene.stations)
      sum = plus(sum, scaled(placeOnSphere(lat_deg, lon_deg, 1), active ? 1.7 : 1))
    if (scene.stations.length) lookAtPlace(this.widget, unit(sum), CAMERA_DISTANCE_M)
  }

  /** Turns the globe (radians east and north) or zooms (factor over 1 is nearer), for the keyboard. */
  move(east_rad: number, north_rad: number, zoom: number): void {
    const { camera, scene } = this.widget
    camera.rotateRight(-east_rad)
    camera.rotateUp(-north_rad)
    const height_m = camera.positionCartographic.height
    if (zoom !== 1) camera.zoomIn(height_m * (1 - 1 / zoom))
    scene.requestRender()
  }

  dispose(): void {
    this.detach()
    cancelAnimationFrame(this.pending)
    this.widget.destroy()
  }

  private later(): void {
    if (!this.pending) this.pending = requestAnimationFrame(() => this.draw())
  }

  private tellReady(): void {
    const { scene } = this.widget
    if (!this.onReady || !this.scene || !scene.globe.tilesLoaded || !this.element.clientWidth)
      return
    if (!scene.imageryLayers.get(0)?.ready) return
    this.onReady()
    this.onReady = null
  }

  private draw(): void {
    cancelAnimationFrame(this.pending)
    this.pending = 0
    const ctx = this.overlay.getContext('2d')
    const { clientWidth: width, clientHeight: height } = this.element
    if (!ctx || !this.scene || !width) return
    const ratio = devicePixelRatio
    if (this.overlay.width !== Math.round(width * ratio)) this.overlay.width = width * ratio
    if (this.overlay.height !== Math.round(height * ratio)) this.overlay.height = height * ratio
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    ctx.clearRect(0, 0, width, height)
    const eye = this.eye(width / height)
    if (this.cheap) {
      this.drawNight(ctx, eye, width, height)
      drawLimb(ctx, eye.position, (point) => this.project(point))
    }
    drawScene({ ctx, eye: eye.position, project: (point) => this.project(point) }, this.scene)
  }

  private drawNight(ctx: CanvasRenderingContext2D, eye: Eye, width: number, height: number): void {
    const small = this.shade.getContext('2d')
    if (!small || !this.scene) return
    this.shade.width = Math.ceil(width / NIGHT_CELL_PX)
    this.shade.height = Math.ceil(height / NIGHT_CELL_PX)
    const picture = small.createImageData(this.shade.width, this.shade.height)
    paintNight(picture, eye, sunDirection(this.scene.now_ms))
    small.putImageData(picture, 0, 0)
    ctx.imageSmoothingQuality = 'high'
    ctx.drawImage(this.shade, 0, 0, width, height)
  }

  private eye(aspect: number): Eye {
    const { camera } = this.widget
    const { frustum } = camera
    const fovy = (frustum instanceof PerspectiveFrustum && frustum.fovy) || Math.PI / 3
    const tanY = Math.tan(fovy / 2)
    return {
      position: components(camera.positionWC),
      direction: components(camera.directionWC),
      up: components(camera.upWC),
      right: components(camera.rightWC),
      tanX: tanY * aspect,
      tanY,
    }
  }

  private project([x, y, z]: Vector): Cartesian2 | undefined {
    return SceneTransforms.worldToWindowCoordinates(this.widget.scene, new Cartesian3(x, y, z))
  }
}

const components = ({ x, y, z }: Cartesian3): Vector => [x, y, z]
