import type { ReactNode } from 'react';
import './panel.css';

interface PanelProps {
  title: string;
  /** Stands at the right of the title. */
  actions?: ReactNode;
  /** Names the panel's place in the layout. */
  className?: string;
  children: ReactNode;
}

/** One framed part of the page; its title names it for screen readers too. */
export function Panel({ title, actions, className = '', children }: PanelProps) {
  return (
    <section className={`panel ${className}`} aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        {actions}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}
