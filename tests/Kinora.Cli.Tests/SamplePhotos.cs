namespace Kinora.Cli.Tests;

/// <summary>The photographs of samples/, copied beside the tests.</summary>
internal static class SamplePhotos
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "photos", name);

    public static string DataUri(string name) => "data:image/jpeg;base64," + Convert.ToBase64String(File.ReadAllBytes(PathOf(name)));
}
