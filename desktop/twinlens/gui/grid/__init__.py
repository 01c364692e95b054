"""All photos of the library as a grid."""
