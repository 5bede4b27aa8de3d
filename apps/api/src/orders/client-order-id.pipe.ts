import { isClientToken } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';

/** Reads a client_order_id from the path. */
@Injectable()
export class ClientOrderIdPipe implements PipeTransform<string, string> {
  /** @throws ProblemException INVALID_ID */
  transform(text: string): string {
    if (isClientToken(text)) return text;
    const detail = 'the client_order_id must be 1 to 64 printable ASCII characters without a space';
    throw new ProblemException('INVALID_ID', detail);
  }
}
