import { EmptyState } from '../ui/empty-state';
import './dependency-list.css';
import { clock } from './format';
import { nameOf, type Readiness } from './readiness';

interface DependencyListProps {
  readiness: Readiness | null;
}

/** What the process needs, each with its state in a word. */
export function DependencyList({ readiness }: DependencyListProps) {
  if (readiness === null) {
    return <EmptyState title="Not looked at yet">It takes a second or two.</EmptyState>;
  }
  return (
    <div className="dependency-list">
      <ul>
        {Object.entries(readiness.dependencies).map(([name, { kind, status, required, error }]) => (
          <li key={name}>
            <span className="dependency-name">
              {nameOf(name)}
              <span className="soft">{kind}</span>
            </span>
            <span className={`dependency-status is-${status}`}>
              <span aria-hidden="true">{status === 'up' ? '●' : '▲'}</span> {status}
            </span>
            <span className="dependency-detail">
              {required ? 'required' : 'optional'}
              {error !== undefined && <span className="dependency-error"> · {error}</span>}
            </span>
          </li>
        ))}
      </ul>
      <p className="dependency-detail">Looked at {clock(Date.parse(readiness.checked_at))}</p>
    </div>
  );
}
