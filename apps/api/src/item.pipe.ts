import { isItem } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';

/** Reads an item from the path. */
@Injectable()
export class ItemPipe implements PipeTransform<string, string> {
  /** @throws ProblemException INVALID_ID */
  transform(text: string): string {
    if (isItem(text)) return text;
    throw new ProblemException('INVALID_ID', 'the item must be text of 1 to 255 characters');
  }
}
