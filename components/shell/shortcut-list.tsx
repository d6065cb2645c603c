'use client';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { Keys, useCommandKey } from '../ui/keyboard';

/** All keyboard shortcuts, by the place where they apply. */
export function ShortcutList() {
  const t = useTranslations('shortcuts');
  const chat = useTranslations('chat.keys');
  const painter = useTranslations('painter.keys');
  const references = useTranslations('references.sheet');
  const compare = useTranslations('compare.sheet');
  const gallery = useTranslations('shortcuts.gallery');
  const experiments = useTranslations('shortcuts.experiments');
  const judging = useTranslations('shortcuts.judging');
  const snippets = useTranslations('snippets');
  const path = usePathname();
  const command = useCommandKey();
  const alt = command === '⌘' ? '⌥' : 'Alt';
  const groups = [
    {
      name: t('page'),
      path,
      rows: [
        ...(path === '/gallery'
          ? []
          : [
              { name: t('run'), keys: [command, '↵'] },
              { name: t('prompt'), keys: ['/'] },
            ]),
        ...(path === '/gallery' || path === '/experiments'
          ? []
          : [
              { name: t('results'), keys: ['Esc'] },
              { name: snippets('keys'), keys: ['/'] },
            ]),
        ...(path === '/chat' || path === '/gallery' || path === '/experiments'
          ? []
          : [{ name: t('earlier'), keys: [alt, '↑', '↓'] }]),
        { name: t('sheet'), keys: ['?'] },
        { name: t('leave'), keys: ['Esc'] },
      ],
    },
    {
      name: chat('title'),
      path: '/chat',
      rows: [
        { name: chat('send'), keys: ['↵'] },
        { name: chat('break'), keys: [t('shift'), '↵'] },
        { name: chat('messages'), keys: [alt, '↑', '↓'] },
        { name: chat('versions'), keys: ['←', '→'] },
        { name: chat('rename'), keys: ['F2'] },
        { name: chat('remove'), keys: ['Delete'] },
      ],
    },
    {
      name: t('viewer'),
      rows: [
        { name: t('pictures'), keys: ['←', '→'] },
        { name: t('zoom'), keys: ['+', '−'] },
        { name: t('whole'), keys: ['0'] },
        { name: t('real'), keys: ['1'] },
        { name: t('move'), keys: [t('shift'), '←', '↑', '↓', '→'] },
        { name: t('details'), keys: ['I'] },
      ],
    },
    {
      name: painter('title'),
      path: '/edit',
      rows: [
        { name: painter('tools'), keys: ['B', 'E', 'R', 'L'] },
        { name: painter('swap'), keys: ['X'] },
        { name: painter('size'), keys: ['[', ']'] },
        { name: painter('straight'), keys: [t('shift'), painter('click')] },
        { name: painter('turn'), keys: [alt] },
        { name: painter('undo'), keys: [command, 'Z'] },
        { name: painter('redo'), keys: [command, t('shift'), 'Z'] },
        { name: painter('invert'), keys: [t('shift'), 'V'] },
        { name: painter('move'), keys: [painter('space')] },
        { name: painter('zoom'), keys: ['+', '−'] },
        { name: painter('whole'), keys: ['0', '1'] },
      ],
    },
    {
      name: references('title'),
      path: '/edit',
      rows: [
        { name: references('move'), keys: [alt, '←', '→'] },
        { name: references('remove'), keys: ['Delete'] },
      ],
    },
    {
      name: gallery('title'),
      path: '/gallery',
      rows: [
        { name: gallery('move'), keys: ['←', '↑', '↓', '→'] },
        { name: gallery('ends'), keys: [command, 'Home', 'End'] },
        { name: gallery('open'), keys: ['↵', painter('space')] },
        { name: gallery('select'), keys: ['X'] },
        { name: gallery('extend'), keys: [t('shift'), '←', '↑', '↓', '→'] },
        { name: gallery('all'), keys: [command, 'A'] },
        { name: gallery('star'), keys: ['S'] },
        { name: gallery('tag'), keys: ['T'] },
        { name: gallery('compare'), keys: ['C'] },
        { name: gallery('download'), keys: ['D'] },
        { name: gallery('remove'), keys: ['Delete'] },
        { name: gallery('search'), keys: ['/'] },
        { name: gallery('leave'), keys: ['Esc'] },
      ],
    },
    {
      name: experiments('title'),
      path: '/experiments',
      rows: [
        { name: experiments('move'), keys: ['←', '↑', '↓', '→'] },
        { name: experiments('view'), keys: ['↵'] },
        { name: experiments('pick'), keys: [painter('space')] },
        { name: experiments('compare'), keys: ['C'] },
        { name: experiments('retry'), keys: ['R'] },
        { name: experiments('leaveOut'), keys: ['X'] },
        { name: experiments('details'), keys: ['I'] },
        { name: experiments('zoom'), keys: ['+', '−'] },
        { name: experiments('whole'), keys: ['0'] },
        { name: t('real'), keys: ['1'] },
      ],
    },
    {
      name: judging('title'),
      path: '/experiments',
      rows: [
        { name: judging('better'), keys: ['←', '→'] },
        { name: judging('tie'), keys: ['↓'] },
        { name: judging('bad'), keys: ['↑'] },
        { name: judging('undo'), keys: ['Backspace'] },
      ],
    },
    {
      name: compare('title'),
      path: '/edit',
      rows: [
        { name: compare('line'), keys: ['←', '→'] },
        { name: compare('original'), keys: [painter('space')] },
        { name: compare('results'), keys: ['PgUp', 'PgDn'] },
      ],
    },
  ];
  // This page's shortcuts first, then the common ones, then those of other pages.
  const rank = (of: string | undefined) => (of === undefined ? 1 : of === path ? 0 : 2);
  const shown = groups.toSorted((a, b) => rank(a.path) - rank(b.path));
  return (
    <>
      {shown.map((group) => (
        <section key={group.name} className="not-first:mt-5">
          <h3 className="mb-2 text-small font-medium text-muted">{group.name}</h3>
          <dl className="grid gap-2">
            {group.rows.map(({ name, keys }) => (
              <div key={name} className="flex items-center justify-between gap-4">
                <dt>{name}</dt>
                <dd className="text-muted">
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="mt-4 text-small text-muted">{t('note')}</p>
    </>
  );
}
