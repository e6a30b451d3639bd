import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { CasesService } from './service';

export function addPage(app: Hono<{ Bindings: HttpBindings }>, service: CasesService): void {
  app.get('/', (context) => context.text(`${service.state.cases.size} cases`));
}
