using Microsoft.Playwright;

namespace Kinora.Browser.Tests.Playground;

/// <summary>How the page is looked at.</summary>
/// <param name="Width">The window's width in CSS pixels.</param>
/// <param name="Height">Its height.</param>
/// <param name="Colors">Light or dark, as the system would say.</param>
/// <param name="Language">en or zh.</param>
internal sealed record PlaygroundLook(int Width = 1280, int Height = 800, ColorScheme Colors = ColorScheme.Light, string Language = "en");
