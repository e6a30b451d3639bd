/** An admin route of Node-RED: `path` as it was registered, with its parameters. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** The members of Express's router that tell what is registered. */
interface Router {
  readonly stack: readonly Layer[];
}
interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: Partial<Router>;
}

/** All routes of an Express application and of the routers in it. */
export const routesOf = (app: unknown): Route[] =>
  (app as { _router: Router })._router.stack.flatMap(routesIn);

function routesIn({ route, handle }: Layer): Route[] {
  if (!route) return (handle?.stack ?? []).flatMap(routesIn);
  return Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path }));
}
