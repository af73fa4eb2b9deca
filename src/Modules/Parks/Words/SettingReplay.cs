using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Parks;

/// <summary>The parks' words and parameters once more, from the facts alone.</summary>
internal sealed class SettingReplay : IProof
{
    private readonly RowReplay<string, DictionaryRow> _dictionaries = new(DictionaryRow.Table);
    private readonly RowReplay<long, ParameterRow> _parameters = new(ParameterRow.Table);

    public IReadOnlyList<Claim> Claims { get; } = [new("I10", "Every list of words and all parameters are in each column what their facts say, and none is missing.")];

    public IReadOnlyList<string> Kinds { get; } = [nameof(DictionarySaved), nameof(ParametersSaved)];

    public void Hear(LoggedFact fact, object read)
    {
        if (fact.Kind == nameof(DictionarySaved))
        {
            var saved = fact.As<DictionarySaved>();
            _dictionaries.Put(new(fact.Park, saved.Kind, saved.Edit, saved.Entries));
        }
        else
        {
            var saved = fact.As<ParametersSaved>();
            _parameters.Put(new(fact.Park, saved.Edit, saved.Now));
        }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _dictionaries, _parameters)];
}
