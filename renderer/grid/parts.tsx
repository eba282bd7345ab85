/**
 * Editors and filter fields are React components; the rows and cells around them are AG Grid's own elements, because a component
 * for each of hundreds of cells costs most of a frame. A part is drawn through a portal of the grid, so that it has the
 * surroundings of the screen and its events reach the grid.
 */
import type { ICellEditorParams } from 'ag-grid-community';
import { type ComponentType, Fragment, type ReactNode, useSyncExternalStore } from 'react';
import { createPortal, flushSync } from 'react-dom';

/** What AG Grid makes its editors and filter fields of. */
export type PartClass = new () => object;

interface Part {
  readonly element: HTMLElement;
  readonly node: ReactNode;
}

/** The parts that are on the grid now. */
export class Parts {
  #shown: ReadonlyMap<number, Part> = new Map();
  #last = 0;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly shown = (): ReadonlyMap<number, Part> => this.#shown;

  newId(): number {
    this.#last += 1;
    return this.#last;
  }

  show(id: number, part: Part): void {
    this.#shown = new Map(this.#shown).set(id, part);
    this.#tell();
  }

  remove(id: number): void {
    if (!this.#shown.has(id)) return;
    const left = new Map(this.#shown);
    left.delete(id);
    this.#shown = left;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export function PartsOf({ parts }: { readonly parts: Parts }) {
  const shown = useSyncExternalStore(parts.subscribe, parts.shown);
  return [...shown].map(([id, { element, node }]) => <Fragment key={id}>{createPortal(node, element)}</Fragment>);
}

/** A part's own element, as AG Grid wants it of a component. */
abstract class GridPart<Params extends object> {
  protected readonly element = document.createElement('span');
  readonly #id: number;

  constructor(
    readonly parts: Parts,
    readonly Component: ComponentType<Params>,
  ) {
    this.#id = parts.newId();
  }

  getGui(): HTMLElement {
    return this.element;
  }

  destroy(): void {
    this.parts.remove(this.#id);
  }

  protected draw(params: Params): void {
    const { Component } = this;
    this.parts.show(this.#id, { element: this.element, node: <Component {...params} /> });
  }
}

/**
 * The class that AG Grid makes an editor of.
 *
 * @param Component is drawn once its place is in the page, where it can take the keyboard; it hands its text on by itself
 */
export function editorPart<Params extends ICellEditorParams>(parts: Parts, Component: ComponentType<Params>): PartClass {
  return class extends GridPart<Params> {
    #params: Params | undefined;

    constructor() {
      super(parts, Component);
    }

    init(params: Params): void {
      this.#params = params;
    }

    afterGuiAttached(): void {
      const params = this.#params;
      if (params) flushSync(() => this.draw(params));
    }

    getValue(): unknown {
      return this.#params?.value;
    }
  };
}

/** The class that AG Grid makes a field of the filter row of. */
export function filterPart<Params extends object>(parts: Parts, Component: ComponentType<Params>): PartClass {
  return class extends GridPart<Params> {
    constructor() {
      super(parts, Component);
    }

    init(params: Params): void {
      this.draw(params);
    }

    refresh(params: Params): void {
      this.draw(params);
    }

    onParentModelChanged(): void {
      // Nothing of AG Grid's own filters is used.
    }
  };
}
