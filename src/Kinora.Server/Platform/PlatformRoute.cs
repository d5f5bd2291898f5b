namespace Kinora.Server.Platform;

/// <summary>One route.</summary>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Pattern">The path below <c>/v1/</c>; a segment <c>{id}</c> takes anything.</param>
/// <param name="Access">Who may use it.</param>
/// <param name="Answer">Answers it.</param>
internal sealed record PlatformRoute(string Method, string Pattern, PlatformAccess Access, Func<PlatformCall, Task> Answer)
{
    private readonly string[] _segments = Pattern.Split('/');

    /// <summary>Whether a path is this route's, whatever its method.</summary>
    /// <param name="path">Below <c>/v1/</c>, without a slash at its end.</param>
    /// <param name="id">What stands for <c>{id}</c>; empty if the pattern has none.</param>
    public bool Matches(string path, out string id)
    {
        id = "";
        var given = path.Split('/');
        if (given.Length != _segments.Length)
            return false;
        for (var i = 0; i < given.Length; i++)
        {
            if (_segments[i] == "{id}" && given[i].Length > 0)
                id = given[i];
            else if (_segments[i] != given[i])
                return false;
        }

        return true;
    }
}
