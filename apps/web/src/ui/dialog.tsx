import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from './button';
import './dialog.css';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** What the confirming button says: the deed, never "OK". */
  confirm: string;
  /** What the other one says. */
  keep: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that can not be taken back. The safe answer has the focus. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  keep,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it is still in the page, it gives the focus back to where it was.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <p id={`${id}-text`}>{children}</p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{keep}</Button>
        <Button
          kind="danger"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
