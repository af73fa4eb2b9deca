using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Web;

/// <summary>Metadata of a route: looks at what its request was prepared to, before that is decided, and may put more around it or refuse it.</summary>
public interface ISecondLook
{
    /// <summary>What is decided instead.</summary>
    Task<Prepared> Look(IWrite write, WriteContext context);
}
