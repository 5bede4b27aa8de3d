/** Pictures of the rows' buttons, where there is no room for words. */

export function AmendIcon() {
  return (
    <svg className="row-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d="M10.8 2.6l2.6 2.6-7.6 7.6-3.2.6.6-3.2z" />
      <path d="M9.2 4.2l2.6 2.6" />
    </svg>
  );
}

export function CancelIcon() {
  return (
    <svg className="row-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" />
    </svg>
  );
}
