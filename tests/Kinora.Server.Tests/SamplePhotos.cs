namespace Kinora.Server.Tests;

/// <summary>The photographs of samples/, copied beside the tests.</summary>
internal static class SamplePhotos
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "photos", name);
}
