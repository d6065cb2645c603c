// What people share: whose turn it is, and what each may still spend.
export const sharingEnglish = {
  turn: {
    line: '{used} of {limit, plural, one {# request} other {# requests}} in any {unit, select, hour {{count, plural, one {hour} other {# hours}}} minute {{count, plural, one {minute} other {# minutes}}} other {{count, plural, one {second} other {# seconds}}}}{waiting, plural, =0 {} other {, # waiting}}{own, plural, =0 {} other {, # of them yours}}',
    inLine:
      '{place, selectordinal, =1 {Next in line} one {#st in line} two {#nd in line} few {#rd in line} other {#th in line}}, about {time}',
    joining: 'Waiting in line…',
    waits:
      '{count, plural, one {A request of yours waits in line, until about {time}.} other {# requests of yours wait in line, the first until about {time}.}}',
    yours: 'It is your turn. Sending…',
    shared:
      'The gateway limits how often everybody together may ask {model}{line, select, none {} other { ({line})}}. Whoever has asked for least goes first. Your request is sent by itself when its turn comes; until then nothing is sent, and nothing is charged.',
    kept: 'Nothing is lost: use other pages of this site, reload, or leave a tab of it in the background. If none is open for three minutes, your place goes to others. The request stays in this browser, and joins the line again when you come back.',
    leave: 'Leave the line',
    oneEnds: 'Waiting until another request of yours ends',
    requestsPerMinute:
      'You have sent {used} of the {limit, plural, one {# request} other {# requests}} that each person may send in a minute.{hasTime, select, true { Your budget has room again in {unit, select, hour {{count, plural, one {an hour} other {# hours}}} minute {{count, plural, one {a minute} other {# minutes}}} other {{count, plural, one {a second} other {# seconds}}}} at the earliest: as many of your waiting requests as fit are sent then, and the others wait on.} other {}}',
    runsAtOnce:
      '{used, plural, one {# request of yours is} other {# requests of yours are}} under way, and each person may have {limit} at once.',
    stays:
      'Nothing was sent, and nothing was charged. The request stays in this browser, and is sent by itself while a page of this site is open.',
    cancel: 'Do not send it',
    spoken: 'Waiting. It is sent automatically.',
  },
  budget: {
    today:
      '{used} of {limit, plural, one {# picture} other {# pictures}} in 24 hours{waiting, plural, =0 {} one {, # more waits} other {, # more wait}}',
    hint: 'Your own; those of the last 24 hours are counted, and those that wait here',
    usedUp:
      'Your {limit, plural, one {picture for 24 hours is} other {# pictures for 24 hours are}} used up{waiting, plural, =0 {} one {: {used} sent, and # more waits} other {: {used} sent, and # more wait}}. {hasRoom}',
    tooMany:
      'That is too many: you may ask for {left, plural, one {# more picture} other {# more pictures}} now, of {limit} in 24 hours{waiting, plural, =0 {} one {: {used} sent, and # more waits} other {: {used} sent, and # more wait}}.',
    hasRoom: 'There is room for one more picture from {time}.',
    notEnough:
      'You may ask for {left, plural, one {# more picture} other {# more pictures}} now, of {limit} in 24 hours. After {left, plural, one {it} other {those #}} the experiment pauses; nothing is lost, and you can go on later.',
  },
};
