using Kinora.Jobs.Files;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Uploads;

/// <summary>Decides who gets a file. Most files have no rules: then their unguessable name is all that it takes.</summary>
internal sealed class FileGate(IFileStore files, ApiKeyAuthenticator authenticator, TimeProvider time)
{
    /// <summary>What becomes of a request for a file.</summary>
    /// <param name="Decision">Whether it is sent.</param>
    /// <param name="ExpiresAt">From when on it is gone; null: not known.</param>
    /// <param name="IsPublic">Whether everyone else would get it too.</param>
    public readonly record struct Verdict(FileDecision Decision, DateTimeOffset? ExpiresAt, bool IsPublic);

    /// <summary>
    /// Judges a request. Whoever sends neither <c>Authorization</c> nor a session is nobody, on a server without keys too, so that applications under test see what the public would.
    /// </summary>
    public async ValueTask<Verdict> JudgeAsync(HttpContext http, string blobName)
    {
        if (await files.FindAsync(blobName, http.RequestAborted) is not { } file) return new Verdict(FileDecision.Allow, null, IsPublic: true);
        if (HasExpired(file)) return new Verdict(FileDecision.Hide, file.ExpiresAt, IsPublic: true);
        if (file.Access is null) return new Verdict(FileDecision.Allow, file.ExpiresAt, IsPublic: true);
        return new Verdict(Decide(file, await FindReaderAsync(http)), file.ExpiresAt, IsPublic: false);
    }

    /// <summary>Whether an owner's job may read a file.</summary>
    public async ValueTask<bool> MayReadAsync(string owner, string blobName, CancellationToken cancellationToken) =>
        await files.FindAsync(blobName, cancellationToken) is not { } file || (!HasExpired(file) && Decide(file, owner) == FileDecision.Allow);

    private bool HasExpired(StoredFile file) => file.ExpiresAt <= time.GetUtcNow();

    private async ValueTask<string?> FindReaderAsync(HttpContext http) =>
        (http.Request.Headers.Authorization.Count > 0 || BrowserSessions.HasCookie(http.Request)) && await authenticator.AuthenticateAsync(http) is Authentication.Accepted accepted ? accepted.Owner : null;

    private static FileDecision Decide(StoredFile file, string? reader) =>
        file.Access is null || reader == file.Owner ? FileDecision.Allow : FileAccessRules.Parse(file.Access).Decide(reader);
}
