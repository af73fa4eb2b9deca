import { computed, ref, shallowRef, type Ref } from 'vue'
import { api } from '../shared/api'
import type { AgencyAccount, SalePayment } from '../shared/types'

/* What an agency's account pays of a sale: first what was paid ahead, where the clerk says so, and the rest by its signature. */
export function useAccount(agency: string | null | undefined, dueFen: Ref<number>) {
  const account = shallowRef<AgencyAccount | null>(null)
  const wanted = ref(false)
  /** Whether it is not known yet what the agency has. */
  const coming = ref(!!agency)
  if (agency) {
    void api.get<AgencyAccount>(`/api/agency-account?agency=${encodeURIComponent(agency)}`)
      .then((found) => { account.value = found.active ? found : null }, () => {}).finally(() => { coming.value = false })
  }
  const prepaidFen = computed(() => (wanted.value && account.value ? Math.min(account.value.prepaidFen, dueFen.value) : 0))
  return { account, wanted, coming, prepaidFen, restFen: computed(() => dueFen.value - prepaidFen.value) }
}

/** All ways together: what was paid ahead, and the rest in one other way where there is a rest. */
export function paymentsOf(prepaidFen: number, rest: SalePayment): SalePayment[] {
  const ahead: SalePayment = { method: 'prepayment', amountFen: prepaidFen, tenderedFen: prepaidFen, reference: '' }
  return prepaidFen ? (rest.amountFen ? [ahead, rest] : [ahead]) : [rest]
}
