/** The width of an element in CSS pixels, kept up to date. */
import { onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue'

export function useElementWidth(element: Readonly<Ref<HTMLElement | null>>): Ref<number> {
  const width = shallowRef(0)
  const observer = new ResizeObserver(() => (width.value = element.value?.clientWidth ?? 0))
  onMounted(() => {
    if (!element.value) return
    width.value = element.value.clientWidth
    observer.observe(element.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  return width
}
