// What people share: whose turn it is, and what each may still spend.
export const sharingEnglish = {
  turn: {
    line: '{used} of {limit} {per, select, hour {this hour} minute {this minute} other {in {time}}}{waiting, plural, =0 {} other {, # waiting}}',
    inLine:
      '{place, selectordinal, =1 {Next in line} one {#st in line} two {#nd in line} few {#rd in line} other {#th in line}}, about {time}',
    joining: 'Waiting in line…',
    yours: 'It is your turn. Sending…',
    shared:
      'The gateway limits how often everybody together may ask {model}{line, select, none {} other { ({line})}}. Whoever has asked for least goes first. Your request is sent by itself when its turn comes; until then nothing is sent, and nothing is charged.',
    kept: 'Nothing is lost: use other pages of this site, reload, or leave a tab of it in the background. If none is open for three minutes, your place goes to others. The request stays in this browser, and joins the line again when you come back.',
    leave: 'Leave the line',
    requestsPerMinute:
      'You have sent {used} of the {limit} requests that each person may send in a minute.',
    runsAtOnce:
      '{used} of your requests are under way, and each person may have {limit} at once. It is sent once one of them has ended.',
    byItself: 'Nothing was sent, and nothing was charged. It is sent by itself in {time}.',
    soon: 'Nothing was sent, and nothing was charged. It is sent by itself.',
    cancel: 'Do not send it',
    spoken: 'Waiting. It is sent automatically.',
  },
  budget: {
    today: '{used} of {limit} pictures today',
    hint: 'Your own; those of the last 24 hours are counted',
    usedUp: 'Your {limit, plural, one {picture} other {# pictures}} for 24 hours are used up.',
    tooMany:
      'That is too many: you may ask for {left, plural, one {# more picture} other {# more pictures}} now, of {limit} in 24 hours.',
    hasRoom: 'It has room again from {time}.',
    notEnough:
      'You may ask for {left, plural, =0 {no more pictures} one {# more picture} other {# more pictures}} now, of {limit} in 24 hours. The experiment pauses there; nothing is lost, and you can go on later.',
  },
};
