namespace Kinora.Media.Images;

/// <summary>A rectangle of whole pixels.</summary>
internal readonly record struct PixelWindow(int X, int Y, int Width, int Height);
