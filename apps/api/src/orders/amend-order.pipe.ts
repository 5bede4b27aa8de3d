import type { AmendOrderDto } from '@app/contracts';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { readAmend } from './amend';

/** Reads the body of `PATCH /orders/{id}`. */
@Injectable()
export class AmendOrderPipe implements PipeTransform<unknown, AmendOrderDto> {
  /** @throws ProblemException VALIDATION_FAILED naming each wrong member. */
  transform(body: unknown): AmendOrderDto {
    return readAmend(body);
  }
}
