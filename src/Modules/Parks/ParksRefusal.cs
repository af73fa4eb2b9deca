namespace Shanmen.Modules.Parks;

/// <summary>Why Parks says no.</summary>
public enum ParksRefusal
{
    /// <summary>Another active lane of the gate, or window of the park, has this number.</summary>
    NumberTaken,
    /// <summary>Another person has, or once had, this login.</summary>
    LoginTaken,
    /// <summary>Nobody disables himself or takes a post from himself.</summary>
    OwnPost,
    /// <summary>Without an active administrator nobody could appoint one.</summary>
    LastAdministrator,
    /// <summary>A list holds 500 rows at most.</summary>
    ListFull,
    /// <summary>Somebody else saved the list of words meanwhile.</summary>
    DictionaryEdited,
    /// <summary>A word is taken out of use, never deleted.</summary>
    WordDeleted,
    /// <summary>Somebody else saved the parameters meanwhile.</summary>
    ParametersEdited,
}
