import { shortMoment, wholeMoment } from './moment';

/** A moment, short; whole where the pointer rests on it. */
export function MomentText({ iso }: { iso: string | null }) {
  if (iso === null) return <span className="soft">–</span>;
  return (
    <time dateTime={iso} title={wholeMoment(iso)}>
      {shortMoment(iso, Date.now())}
    </time>
  );
}
