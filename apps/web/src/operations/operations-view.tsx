import { useState } from 'react';
import { EmptyState } from '../ui/empty-state';
import { Panel } from '../ui/panel';
import { DependencyList } from './dependency-list';
import { FigurePanel } from './figure-panel';
import { figureCards } from './figures';
import { clock } from './format';
import './operations-view.css';
import { ProcessList } from './process-list';
import { readinessInWords } from './readiness';
import { type OperationsState, useOperations } from './use-operations';

/** How the system fares, for those who run it: the last five minutes, second by second. */
export function OperationsView() {
  const state = useOperations();
  const { history, failure } = state;
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  if (history === undefined && failure !== null) {
    return (
      <EmptyState title={failure} role="alert">
        It is asked again every second. Nothing has to be done here.
      </EmptyState>
    );
  }
  const moments = history?.moments ?? [];
  return (
    <div className={failure === null ? 'operations' : 'operations stale'}>
      <header className="operations-head">
        <h1>Operations</h1>
        <OperationsStatus {...state} />
      </header>
      <div className="operations-figures">
        {figureCards(history?.answer.lag_unit ?? 'events').map((card) => (
          <FigurePanel
            key={card.id}
            card={card}
            moments={moments}
            cursorMs={cursorMs}
            onCursor={setCursorMs}
          />
        ))}
      </div>
      <aside className="operations-aside" aria-label="Dependencies and process">
        <Panel title="Dependencies">
          <DependencyList readiness={history?.answer.readiness ?? null} />
        </Panel>
        <Panel title="Process">
          {history === undefined ? (
            <EmptyState title="No answer yet" />
          ) : (
            <ProcessList history={history} />
          )}
        </Panel>
      </aside>
    </div>
  );
}

/** One line: whether what is shown is of now, and whether all is well. Read out when it changes. */
function OperationsStatus({ history, failure, answeredAtMs }: OperationsState) {
  if (failure !== null) {
    return (
      <p className="operations-status away" role="status">
        {failure}. Shown is how it was at {clock(answeredAtMs)}; trying again.
      </p>
    );
  }
  const readiness = history?.answer.readiness ?? null;
  if (readiness === null) {
    return (
      <p className="operations-status" role="status">
        Looking …
      </p>
    );
  }
  return (
    <p className={`operations-status ${readiness.status}`} role="status">
      {readinessInWords(readiness)}
    </p>
  );
}
