/**
 * The editor of a choice column: a search field in the cell, opened by F2, Enter, a double click, or by typing.
 */
import type { CustomCellEditorProps } from 'ag-grid-react';
import { useEffect, useRef } from 'react';
import { Combobox } from '../ui';
import type { ChoiceColumn } from './columns';

export interface ChoiceEditorProps<Row> extends CustomCellEditorProps<Row, string | null> {
  readonly choice: ChoiceColumn<Row>;
}

/** A key that types something opens the editor with it. */
const typedText = (eventKey: string | null): string => (eventKey !== null && eventKey.length === 1 ? eventKey : '');

export function ChoiceEditor<Row>({ choice, data, value, onValueChange, stopEditing, eventKey, api }: ChoiceEditorProps<Row>) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Combobox
      ref={input}
      bare
      openAtOnce
      label={choice.title}
      entries={choice.entries(data)}
      value={value ?? ''}
      initialText={typedText(eventKey)}
      onChoose={(key, by) => {
        onValueChange(key);
        // After React has handed the new value to the grid.
        setTimeout(() => {
          stopEditing();
          if (by === 'tab') api.tabToNextCell();
        });
      }}
      onCancel={() => setTimeout(() => api.stopEditing(true))}
    />
  );
}
