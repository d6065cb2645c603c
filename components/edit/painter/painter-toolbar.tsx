import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import { isBrush, type Tool } from '@/lib/core/mask/painter';
import { IconButton } from '../../ui/button';
import { BoxIcon, BrushIcon, EraserIcon, LassoIcon, RedoIcon, UndoIcon } from '../../ui/icons';
import { Keys, useCommandKey } from '../../ui/keyboard';
import { BrushSettings } from './brush-settings';
import { ShapeSettings } from './shape-settings';

const tools = [
  { tool: 'brush', icon: BrushIcon, letter: 'B' },
  { tool: 'erase', icon: EraserIcon, letter: 'E' },
  { tool: 'rectangle', icon: BoxIcon, letter: 'R' },
  { tool: 'lasso', icon: LassoIcon, letter: 'L' },
] as const;

/** Above the picture: the tools, how they are set, and the way back. */
export function PainterToolbar({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const chosen = useMaskSession(session, (state) => state.tool);
  const canUndo = useMaskSession(session, (state) => state.canUndo);
  const canRedo = useMaskSession(session, (state) => state.canRedo);
  const command = useCommandKey();
  return (
    <div
      role="toolbar"
      aria-label={t('tools')}
      className="mx-auto mt-2 flex max-w-[calc(100%-16px)] shrink-0 flex-wrap items-center justify-center gap-x-2 gap-y-1 rounded-large border border-line bg-panel p-1 shadow-raised"
    >
      <div className="flex gap-1">
        {tools.map(({ tool, icon: Icon, letter }) => (
          <ToolButton
            key={tool}
            label={t(`tool.${tool}`)}
            letter={letter}
            isChosen={tool === chosen}
            onChoose={() => session.dispatch({ type: 'choose-tool', tool: tool satisfies Tool })}
          >
            <Icon size={15} aria-hidden />
          </ToolButton>
        ))}
      </div>
      {isBrush(chosen) ? <BrushSettings session={session} /> : <ShapeSettings session={session} />}
      <div className="flex">
        <IconButton
          label={t('undo', { keys: `${command}+Z` })}
          data-testid="mask-undo"
          disabled={!canUndo}
          onClick={() => session.dispatch({ type: 'undo' })}
        >
          <UndoIcon size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={t('redo', { keys: `${command}+Y` })}
          disabled={!canRedo}
          onClick={() => session.dispatch({ type: 'redo' })}
        >
          <RedoIcon size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

function ToolButton({
  label,
  letter,
  isChosen,
  onChoose,
  children,
}: {
  label: string;
  letter: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-keyshortcuts={letter}
      title={`${label} (${letter})`}
      onClick={onChoose}
      className="flex h-8 min-w-8 items-center justify-center gap-1.5 rounded-small px-2 text-muted transition-colors hover:bg-sunken hover:text-text aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink"
    >
      {children}
      <span className="@max-[880px]:sr-only">{label}</span>
      <span aria-hidden="true" className="@max-[1000px]:hidden">
        <Keys keys={[letter]} />
      </span>
    </button>
  );
}
