"""Rules: ordered criteria that say which photo of a group stays. They only propose; nothing happens before the user acts."""
