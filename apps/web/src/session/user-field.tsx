import { useState } from 'react';
import './user-field.css';

interface UserFieldProps {
  userId: number;
  onChange: (userId: number) => void;
}

const MAX_USER_ID = Number.MAX_SAFE_INTEGER;

/** Any text that is no user becomes user 1. */
export function parseUserId(text: string | null): number {
  const id = Number(text);
  return Number.isInteger(id) && id >= 1 && id <= MAX_USER_ID ? id : 1;
}

/** Whose orders are placed and shown. The engine knows users by number and leaves signing in to what stands before it. */
export function UserField({ userId, onChange }: UserFieldProps) {
  const [text, setText] = useState(String(userId));
  const valid = /^[1-9]\d*$/.test(text) && parseUserId(text) === Number(text);
  return (
    <label className="user-field">
      User
      <input
        className="num"
        inputMode="numeric"
        value={text}
        aria-invalid={!valid}
        onChange={(event) => {
          const next = event.target.value.trim();
          setText(next);
          if (/^[1-9]\d*$/.test(next) && parseUserId(next) === Number(next)) onChange(Number(next));
        }}
        onBlur={() => setText(String(userId))}
      />
    </label>
  );
}
