/** What a market takes, in words: the same wherever its state is told. */
export const MARKET_STATES = {
  TRADING: { word: 'Trading', title: 'Orders are taken and matched' },
  HALTED: { word: 'Halted', title: 'Orders are rejected, nothing can be cancelled' },
  CANCEL_ONLY: { word: 'Cancel only', title: 'Orders are rejected, resting ones can be cancelled' },
  POST_ONLY: { word: 'Post only', title: 'Only orders that do not trade at once are taken' },
} as const;
