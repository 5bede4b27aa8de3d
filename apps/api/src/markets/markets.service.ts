import type { MarketDto, PutMarketDto } from '@app/contracts';
import { isStoreUnavailable } from '@app/persistence';
import { Log } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { available, writeRefused } from '../store-access';
import { toMarketDto } from './market-view';
import { MarketsRepository, unknownMarket } from './markets.repository';

@Injectable()
export class MarketsService {
  constructor(
    private readonly markets: MarketsRepository,
    private readonly log: Log,
  ) {}

  /** Any item can be traded: one that nobody has configured has the defaults. */
  async get(item: string): Promise<MarketDto> {
    const row = await readable(this.markets.find(item));
    return toMarketDto(row ?? unknownMarket(item));
  }

  /** @returns a page of markets, and whether there are more behind it. */
  async list(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ markets: MarketDto[]; more: boolean }> {
    const rows = await readable(this.markets.list(cursor, limit + 1));
    return { markets: rows.slice(0, limit).map(toMarketDto), more: rows.length > limit };
  }

  /**
   * Sets what holds for an item. Orders that were acknowledged before are matched under the old rules, those after under
   * the new ones.
   * @throws ProblemException VALIDATION_FAILED, MARKET_IN_USE, STORE_UNAVAILABLE, OUTCOME_UNKNOWN
   */
  async put(item: string, body: PutMarketDto, requestId: string): Promise<MarketDto> {
    const market = await this.write(item, body, requestId);
    this.log.info('market set', { request_id: requestId, item, state: market.state });
    return market;
  }

  private async write(item: string, body: PutMarketDto, requestId: string): Promise<MarketDto> {
    try {
      return await this.markets.put(item, body, requestId);
    } catch (error) {
      throw isStoreUnavailable(error) ? writeRefused(error, 'market') : error;
    }
  }
}

function readable<T>(read: Promise<T>): Promise<T> {
  return available(read, 'markets can not be read now');
}
