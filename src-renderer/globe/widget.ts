/** The Cesium side: a globe from the bundled Natural Earth II pictures, cheap where software draws it. */
import {
  buildModuleUrl,
  CesiumWidget,
  Cartesian3,
  Color,
  ImageryLayer,
  JulianDate,
  Matrix3,
  Simon1994PlanetaryPositions,
  TileMapServiceImageryProvider,
  Transforms,
} from 'cesium'
import type { Vector } from './vectors'

/** Under software rendering the globe is drawn at half size and without everything that costs. */
const CHEAP_SCALE = 0.5

/**
 * Makes the globe inside an element.
 * @param cheap true under software rendering: no sky, no light, half size; it draws only when asked.
 */
export function makeWidget(host: HTMLElement, credits: HTMLElement, cheap: boolean): CesiumWidget {
  const imagery = TileMapServiceImageryProvider.fromUrl(
    buildModuleUrl('Assets/Textures/NaturalEarthII'),
  )
  const layer = ImageryLayer.fromProviderAsync(imagery)
  layer.brightness = cheap ? 1.15 : 1
  layer.saturation = 0.55
  const widget = new CesiumWidget(host, {
    baseLayer: layer,
    creditContainer: credits,
    requestRenderMode: true,
    maximumRenderTimeChange: Infinity,
    skyBox: false,
    skyAtmosphere: cheap ? false : undefined,
    msaaSamples: cheap ? 1 : 4,
    contextOptions: { webgl: { powerPreference: 'low-power' } },
  })
  dress(widget, cheap)
  return widget
}

function dress(widget: CesiumWidget, cheap: boolean): void {
  const { scene } = widget
  scene.backgroundColor = Color.fromCssColorString('#0a0e14')
  scene.globe.baseColor = Color.fromCssColorString('#141d28')
  scene.globe.enableLighting = !cheap
  scene.globe.showGroundAtmosphere = !cheap
  scene.fog.enabled = false
  if (scene.sun) scene.sun.show = false
  if (scene.moon) scene.moon.show = false
  scene.screenSpaceCameraController.minimumZoomDistance = 1_500_000
  scene.screenSpaceCameraController.maximumZoomDistance = 40_000_000
  if (cheap) widget.resolutionScale = CHEAP_SCALE
}

/** Direction to the Sun in the Earth-fixed frame at an instant, unit vector (Simon 1994, arc-minutes). */
export function sunDirection(utc_ms: number): Vector {
  const time = JulianDate.fromDate(new Date(utc_ms))
  const inertial = Simon1994PlanetaryPositions.computeSunPositionInEarthInertialFrame(time)
  const turn = Transforms.computeTemeToPseudoFixedMatrix(time) ?? Matrix3.IDENTITY
  const fixed = Matrix3.multiplyByVector(turn, inertial, new Cartesian3())
  const { x, y, z } = Cartesian3.normalize(fixed, fixed)
  return [x, y, z]
}

/** Puts the camera above a place, north up, so that the region around it fills the panel. */
export function lookAtPlace(widget: CesiumWidget, direction: Vector, distance_m: number): void {
  const [x, y, z] = direction
  const destination = Cartesian3.multiplyByScalar(
    new Cartesian3(x, y, z),
    distance_m,
    new Cartesian3(),
  )
  widget.camera.setView({ destination })
  widget.scene.requestRender()
}
