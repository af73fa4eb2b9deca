namespace Shanmen.Rules.Pricing;

/// <summary>An order while it is being priced. Lines of one product are counted together, so that splitting a line changes nothing.</summary>
internal sealed class OrderDraft(RuleSet rules, int lines, Occasion occasion)
{
    private readonly PricedLine[] _lines = new PricedLine[lines];
    private readonly PricedProduct?[] _products = new PricedProduct?[lines];
    private readonly TimeOnly?[] _slots = new TimeOnly?[lines];
    private readonly PriceRule?[] _quantity = new PriceRule?[lines];
    private readonly List<PriceStep> _steps = new(lines * 2);
    private long _beforeFen;

    public RuleSet Rules => rules;

    public ReadOnlySpan<PricedLine> Lines => _lines;

    /// <summary>The lines, dearest unit first, then by what they are: an order in which the order of asking has no part.</summary>
    public int[] Canonical { get; private set; } = [];

    /// <summary>The quantity rule that won for a line; sets leave its units alone then.</summary>
    public PriceRule? QuantityRuleOf(int line) => _quantity[line];

    /// <summary>The sale as a line's price sees it: the hour that counts is that of its slot.</summary>
    public Occasion OccasionOf(int line) =>
        _slots[line] is { } slot ? occasion with { Visit = occasion.Visit with { Minute = (slot.Hour * 60) + slot.Minute } } : occasion;

    /// <summary>The tax rate of a line's product.</summary>
    public int TaxRateOf(int line) => _products[line]!.TaxRate;

    public void SetTax(int line, long fen) => _lines[line] = _lines[line] with { TaxFen = fen };

    public void Add(int line, AskedLine asked, PricedProduct product)
    {
        _products[line] = product;
        _slots[line] = asked.Slot;
        _lines[line] = new(asked.TypeId, asked.Quantity, asked.People, 0,
            product.Per == PricedPer.Ticket ? asked.Quantity : asked.Quantity * asked.People, 0, 0, 0);
    }

    /// <summary>Sets the price of a line's unit; false when the order would come to more than it may.</summary>
    public bool TrySetUnit(int line, long fen, PriceRule? quantity)
    {
        // Dividing instead of multiplying: no unit price, however wrong, can overflow here.
        var units = _lines[line].Units;
        if (fen > (OrderLimits.TotalFenMax - _beforeFen) / units)
        {
            return false;
        }

        _quantity[line] = quantity;
        _lines[line] = _lines[line] with { UnitFen = fen, TotalFen = fen * units };
        _beforeFen += fen * units;
        return true;
    }

    public void Explain(in PriceStep step) => _steps.Add(step);

    /// <summary>What is taken off lines together, then the tax and the sum.</summary>
    public PricedOrder Done(IReadOnlyList<AskedVoucher> vouchers)
    {
        Canonical = [.. Enumerable.Range(0, _lines.Length)];
        Array.Sort(Canonical, ByContent);
        FreeUnits.Take(this);
        SetOffer.TakeAll(this, occasion);
        var vouchersFen = VoucherOffer.TakeAll(this, vouchers);
        OrderTax.Add(this);
        var (totalFen, taxFen, people) = (0L, 0L, 0);
        foreach (ref readonly var line in _lines.AsSpan())
        {
            totalFen += line.TotalFen;
            taxFen += line.TaxFen;
            people += line.Quantity * line.People;
        }

        return new(PriceRefusal.None, -1, null, _lines, StepsByLine(), totalFen, taxFen, people, vouchersFen);
    }

    /// <summary>Takes an amount off the lines by weight, one a line, and explains it line by line.</summary>
    public void TakeOff(long fen, ReadOnlySpan<long> weights, PriceStage? stage, Guid rule, int units)
    {
        Span<long> sorted = stackalloc long[_lines.Length];
        Span<long> parts = stackalloc long[_lines.Length];
        for (var place = 0; place < sorted.Length; place++)
        {
            sorted[place] = weights[Canonical[place]];
        }

        Shares.Split(fen, sorted, parts);
        for (var place = 0; place < sorted.Length; place++)
        {
            var line = Canonical[place];
            if (weights[line] > 0)
            {
                var before = _lines[line].TotalFen;
                _lines[line] = _lines[line] with { OffFen = _lines[line].OffFen + parts[place], TotalFen = before - parts[place] };
                _steps.Add(new(line, stage, rule, false, before, _lines[line].TotalFen, units));
            }
        }
    }

    /// <summary>Units of a product on all lines that a rule holds for.</summary>
    public int UnitsOf(Guid product, RuleWhen when)
    {
        var units = 0;
        for (var line = 0; line < _lines.Length; line++)
        {
            units += _lines[line].Product == product && when.Holds(OccasionOf(line).Visit) ? _lines[line].Units : 0;
        }

        return units;
    }

    // What is taken off lines together was explained after the prices of all units.
    private PriceStep[] StepsByLine()
    {
        var (sorted, at) = (new PriceStep[_steps.Count], 0);
        for (var line = 0; line < _lines.Length; line++)
        {
            foreach (var step in _steps)
            {
                if (step.Line == line)
                {
                    sorted[at++] = step;
                }
            }
        }

        return sorted;
    }

    private int ByContent(int one, int other)
    {
        ref readonly var a = ref _lines[one];
        ref readonly var b = ref _lines[other];
        var order = b.UnitFen.CompareTo(a.UnitFen);
        order = order != 0 ? order : a.Product.CompareTo(b.Product);
        order = order != 0 ? order : b.Units.CompareTo(a.Units);
        order = order != 0 ? order : b.People.CompareTo(a.People);
        order = order != 0 ? order : Nullable.Compare(_slots[one], _slots[other]);
        return order != 0 ? order : one.CompareTo(other);
    }
}
