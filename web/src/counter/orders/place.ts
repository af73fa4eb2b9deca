/** Where orders are looked at. A refund desk sells nothing, so it takes no money for an order either. */
export const place = { sells: true }
