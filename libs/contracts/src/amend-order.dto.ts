import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { API_DECIMAL } from './api-members';
import { IsPositiveDecimal } from './member-rules';

/** Body of `PATCH /orders/{id}`: at least one of the two. */
export class AmendOrderDto {
  @ApiPropertyOptional({ ...API_DECIMAL, description: 'The new limit.', example: '151.00' })
  @IsOptional()
  @IsPositiveDecimal()
  price?: string | number | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description: 'The new total, its filled part included.',
    example: '8',
  })
  @IsOptional()
  @IsPositiveDecimal()
  quantity?: string | number | null;
}
