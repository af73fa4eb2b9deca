import { computed, ref, shallowRef, type Ref } from 'vue'
import { api } from '../shared/api'
import type { AgencyAccount, BankTransferOf, PaymentMethod, SalePayment } from '../shared/types'

/*
 * What accounts pay of a sale: first what the bank brought for the order, then what its agency paid ahead, each where the clerk says so;
 * the rest in another way.
 */
export function useAccount(order: string | undefined, agency: string | null | undefined, dueFen: Ref<number>) {
  const account = shallowRef<AgencyAccount | null>(null)
  const wanted = ref(false)
  const sentFen = ref(0)
  const usesSent = ref(true)
  const asked = ref(0)
  /** Whether it is not known yet what there is. */
  const coming = computed(() => asked.value > 0)
  function ask<T>(path: string, found: (answer: T) => void): void {
    asked.value++
    void api.get<T>(path).then(found, () => {}).finally(() => { asked.value-- })
  }
  if (agency) ask<AgencyAccount>(`/api/agency-account?agency=${encodeURIComponent(agency)}`, (found) => { account.value = found.active ? found : null })
  if (order) ask<BankTransferOf>(`/api/orders/${order}/bank-transfer`, (found) => { sentFen.value = found.leftFen })
  const bankFen = computed(() => (usesSent.value ? Math.min(sentFen.value, dueFen.value) : 0))
  const prepaidFen = computed(() => (wanted.value && account.value ? Math.min(account.value.prepaidFen, dueFen.value - bankFen.value) : 0))
  return { account, wanted, sentFen, usesSent, coming, bankFen, prepaidFen, restFen: computed(() => dueFen.value - bankFen.value - prepaidFen.value) }
}

/** All ways together: what accounts pay, and the rest in one other way where there is a rest. */
export function paymentsOf(bankFen: number, prepaidFen: number, rest: SalePayment): SalePayment[] {
  const by = (method: PaymentMethod, fen: number): SalePayment[] => (fen ? [{ method, amountFen: fen, tenderedFen: fen, reference: '' }] : [])
  const ahead = [...by('bankTransfer', bankFen), ...by('prepayment', prepaidFen)]
  return rest.amountFen || !ahead.length ? [...ahead, rest] : ahead
}
