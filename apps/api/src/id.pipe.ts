import { parseId } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';

/** Reads an id from the path. */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  /** @throws ProblemException INVALID_ID */
  transform(text: string): number {
    const id = parseId(text);
    if (id === null) throw new ProblemException('INVALID_ID', 'the id must be a positive integer');
    return id;
  }
}
