import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { API_CLIENT_ORDER_ID, API_ID, API_ITEM } from './api-members';
import { IsClientToken, IsId, IsItem } from './member-rules';

/** What every new order has. */
export class NewOrderDto {
  @ApiProperty({ ...API_ID, description: 'The user who places the order.' })
  @IsId()
  user_id: number;

  @ApiProperty({ ...API_ITEM, description: 'What is ordered: any text that is not blank.' })
  @IsItem()
  item: string;

  @ApiPropertyOptional(API_CLIENT_ORDER_ID)
  @IsOptional()
  @IsClientToken()
  client_order_id?: string | null;
}
