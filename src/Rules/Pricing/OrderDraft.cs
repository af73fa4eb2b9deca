namespace Shanmen.Rules.Pricing;

/// <summary>An order while it is being priced. Lines of one product are counted together, so that splitting a line changes nothing.</summary>
internal sealed class OrderDraft(RuleSet rules, int lines)
{
    private readonly PricedLine[] _lines = new PricedLine[lines];
    private readonly PricedProduct?[] _products = new PricedProduct?[lines];
    private readonly PriceRule?[] _quantity = new PriceRule?[lines];
    private readonly List<PriceStep> _steps = new(lines * 2);
    private long _beforeFen;

    public RuleSet Rules => rules;

    public ReadOnlySpan<PricedLine> Lines => _lines;

    /// <summary>The lines, dearest unit first, then by what they are: an order in which the order of asking has no part.</summary>
    public int[] Canonical { get; private set; } = [];

    /// <summary>Whether a quantity rule made the line's units cheaper, so that sets leave them alone.</summary>
    public bool IsTaken(int line) => _quantity[line] is not null;

    public void Add(int line, AskedLine asked, PricedProduct product)
    {
        _products[line] = product;
        _lines[line] = new(asked.TypeId, asked.Quantity, asked.People, 0,
            product.Per == PricedPer.Ticket ? asked.Quantity : asked.Quantity * asked.People, 0, 0, 0);
    }

    /// <summary>The stages in their order. Each that divides rounds, so every step of the explanation is an amount of money.</summary>
    public PricedOrder? PriceUnit(int line, in Occasion occasion)
    {
        var (product, units) = (_lines[line].Product, _lines[line].Units);
        var fen = 0L;
        for (var stage = PriceStage.Day; stage <= PriceStage.Quantity; stage++)
        {
            var count = stage switch { PriceStage.Early => Math.Max(0, occasion.DaysAhead), PriceStage.Quantity => UnitsOf(product), _ => 0 };
            var rule = rules.Winner(product, stage, occasion, count, out var isTied);
            if (rule is null)
            {
                if (stage == PriceStage.Day)
                {
                    return PricedOrder.Refused(PriceRefusal.NoPrice, line);
                }

                continue;
            }

            if (isTied)
            {
                return PricedOrder.Refused(PriceRefusal.BothWin, line, rule.Id);
            }

            if (stage == PriceStage.Quantity)
            {
                _quantity[line] = rule;
            }

            if (rule.Effect.Kind == EffectKind.ManyForFewer)
            {
                continue;
            }

            var afterFen = rule.Effect.After(fen, rules.Money.Prices);
            if (afterFen < 0)
            {
                return PricedOrder.Refused(PriceRefusal.BelowZero, line, rule.Id);
            }

            _steps.Add(new(line, stage, rule.Id, true, fen, afterFen, units));
            fen = afterFen;
        }

        // Dividing instead of multiplying: no unit price, however wrong, can overflow here.
        if (fen > (Quote.TotalFenMax - _beforeFen) / units)
        {
            return PricedOrder.Refused(PriceRefusal.TotalTooLarge, line);
        }

        _lines[line] = _lines[line] with { UnitFen = fen, TotalFen = fen * units };
        _beforeFen += fen * units;
        return null;
    }

    /// <summary>What is taken off lines together, then the tax and the sum.</summary>
    public PricedOrder Done(in Occasion occasion)
    {
        Canonical = [.. Enumerable.Range(0, _lines.Length)];
        Array.Sort(Canonical, ByContent);
        TakeFreeUnits();
        SetOffer.TakeAll(this, occasion);
        AddTax();
        return new(PriceRefusal.None, -1, null, _lines, [.. _steps.OrderBy(step => step.Line)],
            _lines.Sum(line => line.TotalFen), _lines.Sum(line => line.TaxFen), _lines.Sum(line => line.Quantity * line.People));
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

    /// <summary>16 免 1: counted over all lines of the product, and taken off them in proportion.</summary>
    private void TakeFreeUnits()
    {
        Span<long> weights = stackalloc long[_lines.Length];
        for (var line = 0; line < _lines.Length; line++)
        {
            var product = _lines[line].Product;
            if (_quantity[line] is not { Effect: { Kind: EffectKind.ManyForFewer } effect } rule || Array.FindIndex(_lines, other => other.Product == product) < line)
            {
                continue;
            }

            var free = UnitsOf(product) / effect.Amount * (effect.Amount - effect.Paid);
            for (var other = 0; other < _lines.Length; other++)
            {
                weights[other] = _lines[other].Product == product ? _lines[other].TotalFen : 0;
            }

            TakeOff(free * _lines[line].UnitFen, weights, PriceStage.Quantity, rule.Id, (int)free);
        }
    }

    private void AddTax()
    {
        Span<long> totals = stackalloc long[_lines.Length];
        Span<long> taxes = stackalloc long[_lines.Length];
        foreach (var rate in _products.Select(product => product!.TaxRate).Distinct())
        {
            for (var place = 0; place < totals.Length; place++)
            {
                var line = Canonical[place];
                totals[place] = _products[line]!.TaxRate == rate ? _lines[line].TotalFen : 0;
            }

            TaxInside.OfLines(totals, rate, rules.Money.Tax, taxes);
            for (var place = 0; place < totals.Length; place++)
            {
                _lines[Canonical[place]] = _lines[Canonical[place]] with { TaxFen = _lines[Canonical[place]].TaxFen + taxes[place] };
            }
        }
    }

    private int UnitsOf(Guid product)
    {
        var units = 0;
        foreach (ref readonly var line in _lines.AsSpan())
        {
            units += line.Product == product ? line.Units : 0;
        }

        return units;
    }

    private int ByContent(int one, int other)
    {
        ref readonly var a = ref _lines[one];
        ref readonly var b = ref _lines[other];
        var order = b.UnitFen.CompareTo(a.UnitFen);
        order = order != 0 ? order : a.Product.CompareTo(b.Product);
        order = order != 0 ? order : b.Units.CompareTo(a.Units);
        order = order != 0 ? order : b.People.CompareTo(a.People);
        return order != 0 ? order : one.CompareTo(other);
    }
}
