/** The parts of Node-RED's editor that our forms use. */
declare const RED: {
  /** Of several keys the first that there is a text of. */
  _(key: string | readonly string[], params?: Record<string, string | number>): string;
  readonly editor: {
    getEditStack?(): readonly EditorNode[];
    validateNode(node: EditorNode): boolean;
  };
  readonly view: {
    redraw(): void;
    reveal(id: string): void;
    select(id: string): void;
    selection(): { readonly nodes?: readonly EditorNode[] };
  };
  readonly i18n: { lang?(): string };
  readonly utils: {
    validatePropertyExpression(text: string): boolean;
    /** True, or what is wrong in words that begin with the label. */
    validateTypedProperty(text: string, type: string, options: { readonly label: string }): true | string;
    /** The key of a text that may name a context store, too. */
    parseContextKey(text: string): { readonly key: string };
    getNodeLabel(node: EditorNode, otherwise: string): string;
  };
  readonly events: { on(event: string, listener: (argument: string) => void): void };
  readonly history: { push(event: object): void };
  readonly nodes: {
    id(): string;
    add(node: object): void;
    dirty(state?: boolean): boolean;
    getType(type: string): NodeDefinition | undefined;
    node(id: string): EditorNode | null;
    /** A subflow by its id, with the properties that its users may set. */
    subflow(
      id?: string,
    ): { readonly env?: readonly { readonly name: string; readonly value?: unknown }[] } | null;
    eachNode(visit: (node: EditorNode) => void): void;
    eachConfig(visit: (node: EditorNode) => void): void;
  };
  readonly settings: {
    /** Why messages wait in memory whatever is chosen; left out: they can wait on disk. */
    readonly connectCasesDomainMemory?: { readonly why: string; readonly version: string };
    /** The Region that Node-RED's environment names. */
    readonly connectCasesDomainRegion?: string;
  };
  /** It takes texts, too, and as HTML: ours are put in elements. */
  readonly notify: (content: Element, options?: object) => void;
  readonly user: { hasPermission(permission: string): boolean };
  readonly actions: { add(name: string, action: () => void, options: { label: string }): void };
  readonly comms: Readonly<
    Record<'subscribe' | 'unsubscribe', (topic: string, take: (topic: string, data: never) => void) => void>
  >;
  readonly clipboard: { copyText(text: string, beside: JQuery, messageKey: string): boolean };
  readonly plugins: { registerPlugin(id: string, plugin: object): void };
  readonly sidebar: { addTab(tab: object): void; show(id: string): void };
};

/** A node while its form is open, or while the editor judges it. */
interface EditorNode {
  readonly id: string;
  readonly type: string;
  readonly valid?: boolean;
  readonly _def: NodeDefinition;
  /** The flow that it is in; config nodes are in none. */
  readonly z?: string;
  readonly credentials?: Readonly<Record<string, unknown>>;
  _(key: string, params?: Record<string, string | number>): string;
  [property: string]: unknown;
}

/** A node type as it is registered. */
interface NodeDefinition {
  readonly defaults: Readonly<Record<string, PropertyDefinition>>;
  readonly credentials?: Readonly<Record<string, PropertyDefinition>>;
  oneditprepare?(this: EditorNode): void;
  /** Tests the connection of a config node and puts what was found into `report`. */
  testConnection?(this: EditorNode, report: JQuery): Promise<void>;
  readonly label?: unknown;
  _: EditorNode['_'];
}

interface PropertyDefinition {
  readonly value?: unknown;
  validate?(this: EditorNode, value: unknown, opt: object): true | string;
}

/** A row of a list of case fields, whatever the flow calls the member that names the field. */
interface Row {
  id: string;
  /** Only where rows compare. */
  operator?: string;
  value: string;
  valueType: string;
}

interface JQuery {
  typedInput(options: object): JQuery;
  typedInput(method: 'value' | 'type'): string;
  typedInput(method: 'value' | 'type', value: string): JQuery;
  typedInput(method: 'types', types: readonly unknown[]): JQuery;
  editableList(options: object): JQuery;
  editableList(method: 'addItem', item: Row | object): JQuery;
  editableList(method: 'items'): JQuery;
}
