import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PROBLEM_STATUS, type Problem, type ProblemCode } from './problem-code';

export class ProblemErrorDto {
  @ApiProperty({
    description: 'JSON pointer into the body, or the name of a parameter.',
    example: '/amount',
  })
  pointer: string;

  @ApiProperty({ example: 'must be a positive number' })
  detail: string;
}

/** OpenAPI schema of problem details (RFC 9457), the body of every error. */
export class ProblemDto implements Problem {
  @ApiProperty({ example: 'about:blank' })
  type: string;

  @ApiProperty({ example: 'Bad Request' })
  title: string;

  @ApiProperty({ type: 'integer', example: 400 })
  status: number;

  @ApiProperty({
    description: 'Stable: switch on this.',
    enum: Object.keys(PROBLEM_STATUS),
    enumName: 'ProblemCode',
    example: 'VALIDATION_FAILED',
  })
  code: ProblemCode;

  @ApiProperty({ example: 'amount must be a positive number' })
  detail: string;

  @ApiPropertyOptional({ example: 'b7c1a1f0-2f5e-4f7e-9f0e-5d1c7d0a1b2c' })
  request_id?: string;

  @ApiPropertyOptional({ type: [ProblemErrorDto] })
  errors?: ProblemErrorDto[];
}
