import { clock, duration, inWords, milliseconds, NOTHING } from './format';
import { type History, processesOf } from './history';
import './process-list.css';

interface ProcessListProps {
  history: History;
}

/** Which process answers, and how it is. */
export function ProcessList({ history }: ProcessListProps) {
  const { answer, moments } = history;
  const startedMs = Date.parse(answer.started_at);
  const slowest = moments.at(-1)?.event_loop_delay_max_ms ?? null;
  const processes = processesOf(history);
  return (
    <dl className="process-list">
      <dt>Instance</dt>
      <dd>{answer.instance}</dd>
      <dt>Runs</dt>
      <dd>{answer.role === 'hybrid' ? 'api and matcher' : 'api'}</dd>
      <dt>Started</dt>
      <dd>{clock(startedMs)}</dd>
      <dt>Up for</dt>
      <dd>{duration(Date.parse(answer.time) - startedMs)}</dd>
      <dt>Longest loop delay</dt>
      <dd>{slowest === null ? NOTHING : inWords(milliseconds(slowest))}</dd>
      {processes > 1 && (
        <>
          <dt>Answers come from</dt>
          <dd>{processes} processes</dd>
        </>
      )}
    </dl>
  );
}
