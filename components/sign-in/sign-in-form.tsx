'use client';
import { type ComponentProps, type FormEvent, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type SignInProblem, signIn } from '@/lib/client/api/session';
import { maxNameCharacters } from '@/lib/core/sign-in';
import { Button } from '../ui/button';
import { FieldHead } from '../ui/field';
import { AlertIcon } from '../ui/icons';

export function SignInForm({ name = '', onDone }: { name?: string; onDone: () => void }) {
  const t = useTranslations('signIn');
  const form = useRef<HTMLFormElement>(null);
  const problemId = useId();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.current || isBusy) return;
    const fields = new FormData(form.current);
    setBusy(true);
    const found = await signIn({
      name: String(fields.get('name')),
      password: String(fields.get('password')),
    });
    setProblem(found);
    if (!found) return onDone();
    setBusy(false);
    const field = found.kind === 'name' ? 'name' : 'password';
    form.current.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus();
  }

  const sentence = () => {
    if (!problem) return null;
    if (problem.kind === 'name') {
      return t(`nameProblem.${problem.problem}`, { max: maxNameCharacters });
    }
    if (problem.kind === 'wait') return t('wait', { seconds: problem.seconds });
    if (problem.kind === 'refused') return problem.message;
    return t(problem.kind);
  };
  const isNameWrong = problem?.kind === 'name';
  return (
    // Where no script runs at all the browser posts the form itself; GET would put the password in a URL.
    <form
      ref={form}
      method="post"
      action="/api/auth/login"
      onSubmit={submit}
      className="grid gap-4"
      noValidate
    >
      <SignInField
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        autoComplete="username"
        defaultValue={name}
        isWrong={isNameWrong}
        problemId={problemId}
      />
      <SignInField
        name="password"
        type="password"
        label={t('password')}
        hint={t('passwordHint')}
        autoComplete="current-password"
        isWrong={problem !== undefined && !isNameWrong}
        problemId={problemId}
      />
      <p id={problemId} role="alert" className="empty:hidden flex gap-2 text-error">
        {problem && (
          <>
            <AlertIcon size={15} aria-hidden className="mt-0.5 shrink-0" />
            {sentence()}
          </>
        )}
      </p>
      <Button type="submit" look="primary" why={isBusy ? t('busy') : undefined}>
        {isBusy ? t('busy') : t('submit')}
      </Button>
    </form>
  );
}

/** An input with its label above and a hint below. */
function SignInField({
  label,
  hint,
  isWrong,
  problemId,
  ...input
}: ComponentProps<'input'> & {
  label: string;
  hint: string;
  isWrong: boolean;
  /** The id of the element with the error message. */
  problemId: string;
}) {
  const id = useId();
  const hintId = useId();
  return (
    <div>
      <FieldHead htmlFor={id} label={label} />
      <input
        {...input}
        id={id}
        required
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${problemId} ${hintId}` : hintId}
        className="w-full rounded-small border border-line-strong bg-raised px-3 py-2 text-large outline-offset-1 aria-invalid:border-error"
      />
      <p id={hintId} className="mt-1 text-small text-muted">
        {hint}
      </p>
    </div>
  );
}
