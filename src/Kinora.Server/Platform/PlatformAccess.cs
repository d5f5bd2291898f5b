namespace Kinora.Server.Platform;

/// <summary>Who may use a route. On a server without keys everyone may use all of them.</summary>
internal enum PlatformAccess
{
    /// <summary>Everyone, with or without a key.</summary>
    Everyone = 0,

    /// <summary>Every key, for its own jobs; an admin key for everyone's.</summary>
    AnyKey = 1,

    /// <summary>Admin keys.</summary>
    Admin = 2,
}
