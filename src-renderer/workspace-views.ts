/** The view of each workspace; loaded when first shown, since the globe's library is large. */
import { defineAsyncComponent } from 'vue'
import type { Component } from 'vue'
import PlanWorkspace from './plan/PlanWorkspace.vue'
import type { Workspace } from './workspaces'

export const workspaceViews: Record<Workspace, Component> = {
  plan: PlanWorkspace,
  live: defineAsyncComponent(() => import('./live/LiveWorkspace.vue')),
  replay: defineAsyncComponent(() => import('./replay/ReplayWorkspace.vue')),
  keys: defineAsyncComponent(() => import('./keys/KeysWorkspace.vue')),
}
