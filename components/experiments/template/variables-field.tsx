'use client';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Definition } from '@/lib/core/experiments/experiment';
import { readPastedTable, type TableProblem } from '@/lib/core/experiments/pasted-table';
import type { PromptTemplate } from '@/lib/core/experiments/prompt-template';
import { Button } from '../../ui/button';
import { FieldProblem } from '../../ui/field';
import { ChevronRightIcon } from '../../ui/icons';
import { braces } from './braces';

/** Which variables change together, and a pasted table whose columns are variables. */
export function VariablesField({
  definition,
  read,
  onEdit,
}: {
  definition: Definition;
  read: PromptTemplate;
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.variables');
  if (definition.isText) return null;
  return (
    <details className="group/variables -mt-3">
      <summary className="flex items-center gap-1 text-small text-muted hover:text-text">
        <ChevronRightIcon size={13} aria-hidden className="group-open/variables:rotate-90" />
        {t('title')}
      </summary>
      <div className="grid gap-3 pt-2">
        <Links definition={definition} read={read} onEdit={onEdit} />
        <Table definition={definition} onEdit={onEdit} />
      </div>
    </details>
  );
}

/** For each variable after the first the one that it changes with, which is also said by dragging. */
function Links({
  definition: { links },
  read: { variables },
  onEdit,
}: {
  definition: Definition;
  read: PromptTemplate;
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.variables');
  const named = variables.filter(({ key, isColumn }) => !key.startsWith('#') && !isColumn);
  const link = (key: string, other: string) =>
    onEdit((definition) => {
      const without = definition.links
        .map((one) => one.filter((name) => name !== key))
        .filter((one) => one.length > 1);
      return { ...definition, links: other === '' ? without : [...without, [other, key]] };
    });
  const [dragged, setDragged] = useState<string>();
  const drop = (onto: string) => {
    const pair = named.filter(({ key }) => key === dragged || key === onto);
    const [earlier, later] = pair;
    setDragged(undefined);
    if (earlier && later) link(later.key, earlier.key);
  };
  if (named.length < 2) return <p className="text-small text-muted">{t('hintNames', braces)}</p>;
  return (
    <>
      <p className="text-small text-muted">{t('hint')}</p>
      <ul className="grid gap-1.5">
        {named.map(({ key, values }, index) => {
          const before = named.slice(0, index);
          const partner = before.find((one) =>
            links.some((names) => names.includes(key) && names.includes(one.key)),
          );
          const isTarget = dragged !== undefined && dragged !== key;
          return (
            // The select does the same without a mouse.
            <li
              key={key}
              draggable
              onDragStart={({ dataTransfer }) => {
                dataTransfer.setData('text/plain', key);
                dataTransfer.effectAllowed = 'link';
                setDragged(key);
              }}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => isTarget && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                drop(key);
              }}
              className={`cursor-grab rounded-small px-1 ${isTarget ? 'outline outline-dashed outline-accent' : ''}`}
            >
              <div className="flex items-center gap-2 text-small">
                <span className="min-w-0 flex-1 truncate">
                  {t('counted', { name: key, count: values.length })}
                </span>
                {index > 0 && (
                  <select
                    aria-label={key}
                    value={partner?.key ?? ''}
                    onChange={({ target }) => link(key, target.value)}
                    className="max-w-48 rounded-small border border-line-strong bg-raised px-1.5 py-1 touch:text-[16px]"
                  >
                    <option value="">{t('alone')}</option>
                    {before.map((one) => (
                      <option key={one.key} value={one.key}>
                        {t('with', { name: one.key })}
                      </option>
                    ))}
                  </select>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Table({
  definition: { table },
  onEdit,
}: {
  definition: Definition;
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.variables');
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<TableProblem>();
  const take = () => {
    const columns = readPastedTable(text);
    if ('problem' in columns) return setProblem(columns.problem);
    setProblem(undefined);
    setText('');
    onEdit((definition) => ({ ...definition, table: columns }));
  };
  const [first] = table;
  if (first) {
    return (
      <p className="flex items-center gap-2 text-small">
        <span className="min-w-0 flex-1">
          {t('table', {
            names: table.map(({ name }) => name).join(', '),
            count: first.values.length,
          })}
        </span>
        <Button look="quiet" onClick={() => onEdit((definition) => ({ ...definition, table: [] }))}>
          {t('removeTable')}
        </Button>
      </p>
    );
  }
  return (
    <div>
      <label htmlFor={id} className="text-small text-muted">
        {t('paste')}
      </label>
      <textarea
        id={id}
        rows={3}
        value={text}
        spellCheck={false}
        aria-invalid={problem !== undefined || undefined}
        onChange={({ target }) => setText(target.value)}
        className="mt-1 w-full rounded-small border border-line-strong bg-raised p-2 font-mono text-small aria-invalid:border-error touch:text-[16px]"
      />
      {problem && <FieldProblem>{t(`problem.${problem.reason}`, { ...problem })}</FieldProblem>}
      <Button
        why={text.trim() === '' ? t('paste') : undefined}
        onClick={() => text.trim() && take()}
      >
        {t('take')}
      </Button>
    </div>
  );
}
