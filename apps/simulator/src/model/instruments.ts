/** What is traded in the simulated market, in the units of real life. */
export interface Instrument {
  item: string;
  /** Around which the price wanders. */
  price: number;
  /** As `PUT /markets/{item}` takes them. */
  tickSize: string;
  lotSize: string;
  /** Distance between two prices of the market maker. */
  step: number;
  /** Usual change of the price within a second, as a share of it. */
  volatility: number;
  /** Usual quantity at one price. */
  size: number;
}

/** A price moves by about one step a second: fast enough to be watched, slow enough for the maker to follow. */
export const INSTRUMENTS: readonly Instrument[] = [
  stock('AAPL', 190, 0.02, 1.0e-4, 300),
  stock('MSFT', 430, 0.04, 0.9e-4, 150),
  stock('NVDA', 125, 0.02, 1.6e-4, 600),
  stock('TSLA', 250, 0.05, 1.9e-4, 250),
  instrument('BTC-USD', 64_250, '0.5', '0.00001', 10, 1.5e-4, 0.4),
  instrument('ETH-USD', 3_150, '0.05', '0.0001', 0.6, 1.8e-4, 6),
  instrument('EUR-USD', 1.085, '0.00001', '1000', 0.00003, 0.28e-4, 500_000),
  instrument('XAU-USD', 2_350, '0.1', '0.01', 0.2, 0.8e-4, 40),
  stock('AMZN', 185, 0.02, 1.1e-4, 280),
  instrument('GBP-USD', 1.27, '0.00001', '1000', 0.00004, 0.3e-4, 400_000),
];

export const DEFAULT_ITEMS = 8;

function stock(
  item: string,
  price: number,
  step: number,
  volatility: number,
  size: number,
): Instrument {
  return instrument(item, price, '0.01', '1', step, volatility, size);
}

function instrument(
  item: string,
  price: number,
  tickSize: string,
  lotSize: string,
  step: number,
  volatility: number,
  size: number,
): Instrument {
  return { item, price, tickSize, lotSize, step, volatility, size };
}
